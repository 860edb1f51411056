package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Prints what a build skipped, one line for each class and reason. The build runs it after the last test. */
public final class SkippedTests {
    private SkippedTests() {}

    /** @param arguments the start of the build, then the folders of the test reports; older reports are ignored */
    public static void main(String[] arguments) throws IOException, ParserConfigurationException, SAXException {
        Instant start = Instant.parse(arguments[0]);
        Map<String, Integer> tests = new TreeMap<>();
        for (String folder : Arrays.asList(arguments).subList(1, arguments.length)) {
            for (Path report : reports(Path.of(folder))) {
                if (!Files.getLastModifiedTime(report).toInstant().isBefore(start)) {
                    count(report, tests);
                }
            }
        }
        tests.forEach((reason, count) -> System.out.println("skipped: " + reason + " (" + count + ")"));
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }

    private static void count(Path report, Map<String, Integer> tests)
            throws IOException, ParserConfigurationException, SAXException {
        NodeList skipped = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("skipped");
        for (int i = 0; i < skipped.getLength(); i++) {
            Element skip = (Element) skipped.item(i);
            Element test = (Element) skip.getParentNode();
            String name = test.getAttribute("classname");
            tests.merge(name.substring(name.lastIndexOf('.') + 1) + ": " + reason(skip), 1, Integer::sum);
        }
    }

    private static String reason(Element skip) {
        String message = skip.getAttribute("message");
        String first = (message.isEmpty() ? skip.getTextContent() : message)
                .strip()
                .lines()
                .findFirst()
                .orElse("no reason given");
        return first.replaceFirst("^[\\w.]+Exception: ", "").replaceFirst("^Assumption failed: ", "");
    }
}

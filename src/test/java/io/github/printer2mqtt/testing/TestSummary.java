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
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Prints the number of tests of a build, and what was skipped, one line for each class and reason. Runs after the last test. */
public final class TestSummary {
    private TestSummary() {}

    /** @param arguments the start of the build, then the folders of the test reports; older reports are ignored */
    public static void main(String[] arguments) throws IOException, ParserConfigurationException, SAXException {
        Instant start = Instant.parse(arguments[0]);
        int tests = 0;
        Map<String, Integer> skipped = new TreeMap<>();
        for (String folder : Arrays.asList(arguments).subList(1, arguments.length)) {
            for (Path report : reports(Path.of(folder))) {
                if (!Files.getLastModifiedTime(report).toInstant().isBefore(start)) {
                    tests += count(report, skipped);
                }
            }
        }
        int skips = skipped.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("tests: " + tests + ", skipped: " + skips);
        skipped.forEach((reason, count) -> System.out.println("skipped: " + reason + " (" + count + ")"));
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

    private static int count(Path report, Map<String, Integer> skips)
            throws IOException, ParserConfigurationException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        NodeList skipped = document.getElementsByTagName("skipped");
        for (int i = 0; i < skipped.getLength(); i++) {
            Element skip = (Element) skipped.item(i);
            Element test = (Element) skip.getParentNode();
            String name = test.getAttribute("classname");
            skips.merge(name.substring(name.lastIndexOf('.') + 1) + ": " + reason(skip), 1, Integer::sum);
        }
        return document.getElementsByTagName("testcase").getLength();
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

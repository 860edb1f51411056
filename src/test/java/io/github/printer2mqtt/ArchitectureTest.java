package io.github.printer2mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.printer2mqtt.text.Secret;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds docs/architecture.md: packages know only lower layers, without cycles, and a few uses are for one package. */
@AnalyzeClasses(packages = "io.github.printer2mqtt", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.github.printer2mqtt";

    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("", 10),
            Map.entry("logging", 9),
            Map.entry("supervision", 9),
            Map.entry("mqtt", 8),
            Map.entry("http", 8),
            Map.entry("simulator", 8),
            Map.entry("cli", 8),
            Map.entry("command", 7),
            Map.entry("registration", 7),
            Map.entry("access", 7),
            Map.entry("alert", 7),
            Map.entry("notification", 7),
            Map.entry("history", 7),
            Map.entry("picture", 7),
            Map.entry("site", 7),
            Map.entry("backup", 7),
            Map.entry("support", 7),
            Map.entry("monitor", 6),
            Map.entry("fleet", 5),
            Map.entry("driver", 4),
            Map.entry("json", 4),
            Map.entry("net", 3),
            Map.entry("persistence", 3),
            Map.entry("cluster", 2),
            Map.entry("config", 2),
            Map.entry("files", 2),
            Map.entry("metrics", 2),
            Map.entry("vertx", 2),
            Map.entry("model", 1),
            Map.entry("text", 0));

    @ArchTest
    static void packagesKnowOnlyLowerLayers(JavaClasses classes) {
        TreeSet<String> breaches = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (to.getPackageName().startsWith(BASE) && !mayKnow(from, to)) {
                    breaches.add(dependency.getDescription());
                }
            }
        }
        assertThat(breaches).isEmpty();
    }

    private static boolean mayKnow(JavaClass from, JavaClass to) {
        String fromPackage = topPackage(from);
        String toPackage = topPackage(to);
        if (fromPackage.equals(toPackage)) {
            return !isOtherProtocol(from, to);
        }
        return layer(toPackage) < layer(fromPackage);
    }

    /** A protocol knows {@code driver} and no other protocol; {@code driver} knows no protocol. */
    private static boolean isOtherProtocol(JavaClass from, JavaClass to) {
        String driver = BASE + ".driver";
        return to.getPackageName().startsWith(driver + ".")
                && !to.getPackageName().equals(from.getPackageName());
    }

    private static String topPackage(JavaClass type) {
        String rest = type.getPackageName().substring(BASE.length());
        int dot = rest.indexOf('.', 1);
        return rest.isEmpty() ? "" : rest.substring(1, dot < 0 ? rest.length() : dot);
    }

    private static int layer(String layerName) {
        return Objects.requireNonNull(
                LAYERS.get(layerName), () -> "no layer is given to the package '" + layerName + "'");
    }

    @ArchTest
    static final ArchRule onlyNetSpeaksToPrintersAndBrokers = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web.client..", "org.eclipse.paho..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("io\\.vertx\\.core\\.http\\.(HttpClient|WebSocketClient).*");

    @ArchTest
    static final ArchRule transactionsAreRunByTheDatabaseOnly = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("withTransaction")))
            .because("withTransaction of this JDBC client loses later writes; use Database.write");

    @ArchTest
    static final ArchRule onlyPersistenceOpensPools = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".persistence..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Pool.class);

    @ArchTest
    static final ArchRule theModelIsPlain = noClasses()
            .that()
            .resideInAnyPackage(BASE + ".text..", BASE + ".model..", BASE + ".config..", BASE + ".fleet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.net.http..");

    @ArchTest
    static final ArchRule interfacesKnowNoDriverAndNoSql = noClasses()
            .that()
            .resideInAnyPackage(BASE + ".http..", BASE + ".mqtt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + ".driver..", BASE + ".persistence.sql..", BASE + ".persistence.sqlite..");

    @ArchTest
    static final ArchRule secretsAreRevealedInFewPackages = noClasses()
            .that()
            .resideOutsideOfPackages(
                    List.of("access", "net", "driver", "persistence", "mqtt", "notification", "http", "text").stream()
                            .map(name -> BASE + "." + name + "..")
                            .toArray(String[]::new))
            .should()
            .callMethod(Secret.class, "reveal");

    /** Sub-packages included: each package is a slice of its own. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.printer2mqtt.(**)").should().beFreeOfCycles();

    @ArchTest
    static void packagesHaveAtMostTwentyFiveFiles(JavaClasses classes) {
        Map<String, Long> files = classes.stream()
                .filter(type -> type.isTopLevelClass())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(files).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(25));
    }
}

package io.github.printer2mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import io.github.printer2mqtt.printer.Secret;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Holds the house of docs/architecture.md: rooms know only lower floors, and a few doors have one key. */
@AnalyzeClasses(packages = "io.github.printer2mqtt", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.github.printer2mqtt";

    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("", 8),
            Map.entry("mqtt", 7),
            Map.entry("http", 7),
            Map.entry("alert", 7),
            Map.entry("history", 7),
            Map.entry("demo", 7),
            Map.entry("cli", 7),
            Map.entry("command", 6),
            Map.entry("registration", 6),
            Map.entry("poll", 5),
            Map.entry("fleet", 4),
            Map.entry("driver", 3),
            Map.entry("registry", 3),
            Map.entry("wire", 3),
            Map.entry("net", 2),
            Map.entry("store", 2),
            Map.entry("config", 1),
            Map.entry("files", 1),
            Map.entry("observe", 1),
            Map.entry("printer", 0));

    @ArchTest
    static void roomsKnowOnlyLowerFloors(JavaClasses classes) {
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
        String fromRoom = room(from);
        String toRoom = room(to);
        if (fromRoom.equals(toRoom)) {
            return !isOtherProtocol(from, to);
        }
        return floor(toRoom) < floor(fromRoom);
    }

    /** A protocol knows {@code driver} and no other protocol; {@code driver} knows no protocol. */
    private static boolean isOtherProtocol(JavaClass from, JavaClass to) {
        String driver = BASE + ".driver";
        return to.getPackageName().startsWith(driver + ".")
                && !to.getPackageName().equals(from.getPackageName());
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(BASE.length());
        int dot = rest.indexOf('.', 1);
        return rest.isEmpty() ? "" : rest.substring(1, dot < 0 ? rest.length() : dot);
    }

    private static int floor(String room) {
        return Objects.requireNonNull(FLOORS.get(room), () -> "no floor is given to the room '" + room + "'");
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
    static final ArchRule transactionsAreRunByTheStoreOnly = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("withTransaction")))
            .because("withTransaction of this JDBC client loses later writes; use Store.write");

    @ArchTest
    static final ArchRule onlyTheStoreOpensPools = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".store..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Pool.class);

    @ArchTest
    static final ArchRule theVocabularyIsPlain = noClasses()
            .that()
            .resideInAnyPackage(BASE + ".printer..", BASE + ".config..", BASE + ".fleet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.net.http..");

    @ArchTest
    static final ArchRule httpAndMqttKnowNoDriverAndNoRegistry = noClasses()
            .that()
            .resideInAnyPackage(BASE + ".http..", BASE + ".mqtt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + ".driver..", BASE + ".registry..");

    @ArchTest
    static final ArchRule secretsAreRevealedInFewRooms = noClasses()
            .that()
            .resideOutsideOfPackages(List.of("net", "driver", "registry", "mqtt", "http", "printer").stream()
                    .map(room -> BASE + "." + room + "..")
                    .toArray(String[]::new))
            .should()
            .callMethod(Secret.class, "reveal");
}

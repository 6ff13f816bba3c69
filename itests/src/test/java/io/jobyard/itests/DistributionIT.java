// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** What the program ships, and what it says that it ships. */
public class DistributionIT {

    /** The packages of each group's own jars. Those of OSGi's specifications are in many jars; who ships one exports it. */
    private static final Map<String, List<String>> OWN = Map.ofEntries(
            Map.entry("com.cronutils", List.of("com.cronutils")),
            Map.entry("com.ethlo.time", List.of("com.ethlo.time")),
            Map.entry("com.fasterxml.jackson.core", List.of("com.fasterxml.jackson")),
            Map.entry("com.fasterxml.jackson.dataformat", List.of("com.fasterxml.jackson")),
            Map.entry("com.fasterxml.jackson.datatype", List.of("com.fasterxml.jackson")),
            Map.entry("com.networknt", List.of("com.networknt.schema")),
            Map.entry("com.zaxxer", List.of("com.zaxxer.hikari")),
            Map.entry("info.picocli", List.of("picocli")),
            Map.entry("io.jobyard", List.of("io.jobyard", "console")),
            Map.entry("io.micrometer", List.of("io.micrometer")),
            Map.entry("jakarta.validation", List.of("javax.validation")),
            Map.entry("me.tongfei", List.of("me.tongfei.progressbar")),
            Map.entry("org.apache.aries.jpa", List.of("org.apache.aries.jpa", "org.osgi")),
            Map.entry("org.apache.felix", List.of("org.apache.felix", "org.osgi", "jakarta.servlet", "javax.servlet")),
            Map.entry("org.apache.geronimo.specs", List.of("javax.transaction")),
            Map.entry("org.commonmark", List.of("org.commonmark")),
            Map.entry("org.eclipse.jetty", List.of("org.eclipse.jetty")),
            Map.entry("org.eclipse.jetty.ee10", List.of("org.eclipse.jetty.ee10")),
            Map.entry("org.eclipse.persistence", List.of("org.eclipse.persistence", "javax.persistence", "org.osgi")),
            Map.entry("org.jline", List.of("org.jline")),
            Map.entry("org.jspecify", List.of("org.jspecify")),
            Map.entry("org.ops4j.pax.logging", List.of("org.ops4j.pax", "org.osgi")),
            Map.entry("org.osgi", List.of("org.osgi")),
            Map.entry("org.postgresql", List.of("org.postgresql")),
            Map.entry("org.yaml", List.of("org.yaml.snakeyaml")));

    /** What is inside others' jars, by its packages. */
    private static final Map<String, String> INLINED = Map.ofEntries(
            Map.entry("ch.qos.logback.classic", "logback-classic"),
            Map.entry("ch.qos.logback.contrib.jackson", "logback-jackson"),
            Map.entry("ch.qos.logback.contrib.json", "logback-json-core"),
            Map.entry("ch.qos.logback.contrib.json.classic", "logback-json-classic"),
            Map.entry("ch.qos.logback.core", "logback-core"),
            Map.entry("com.fasterxml.jackson.core.internal.shaded.fdp", "fastdoubleparser"),
            Map.entry("com.fasterxml.classmate", "classmate"),
            Map.entry("com.fasterxml.jackson.datatype.jdk8", "jackson-datatype-jdk8"),
            Map.entry("com.github.victools.jsonschema.generator", "jsonschema-generator"),
            Map.entry("com.github.victools.jsonschema.module.jackson", "jsonschema-module-jackson"),
            Map.entry("com.knuddels.jtokkit", "jtokkit"),
            Map.entry("console.lit", "lit"),
            Map.entry("console.lit-element", "lit-element"),
            Map.entry("console.lit-html", "lit-html"),
            Map.entry("console.reactive-element", "reactive-element"),
            Map.entry("io.micrometer.prometheusmetrics", "micrometer-registry-prometheus"),
            Map.entry("io.prometheus.metrics.config", "prometheus-metrics-config"),
            Map.entry("io.prometheus.metrics.core", "prometheus-metrics-core"),
            Map.entry("io.prometheus.metrics.expositionformats", "prometheus-metrics-exposition-textformats"),
            Map.entry("io.prometheus.metrics.model", "prometheus-metrics-model"),
            Map.entry("io.prometheus.metrics.tracer.common", "prometheus-metrics-tracer-common"),
            Map.entry("org.HdrHistogram", "HdrHistogram"),
            Map.entry("org.apache.avalon.framework", "avalon-framework-api"),
            Map.entry("org.apache.commons.logging", "commons-logging"),
            Map.entry("org.apache.derby", "derby"),
            Map.entry("org.apache.derby.shared", "derbyshared"),
            Map.entry("org.apache.derby.tools", "derbytools"),
            Map.entry("org.sqlite", "sqlite-jdbc"),
            Map.entry("org.apache.felix.http.base", "org.apache.felix.http.base"),
            Map.entry("org.apache.felix.http.jakartawrappers", "org.apache.felix.http.wrappers"),
            Map.entry("org.apache.felix.http.javaxwrappers", "org.apache.felix.http.wrappers"),
            Map.entry("org.apache.juli", "tomcat-juli"),
            Map.entry("org.apache.log4j", "reload4j"),
            Map.entry("org.apache.logging.log4j", "log4j-api"),
            Map.entry("org.jboss.logging", "jboss-logging"),
            Map.entry("org.kxml2", "kxml2"),
            Map.entry("org.osgi.service.http", "org.osgi.service.http"),
            Map.entry("org.osgi.service.http.whiteboard", "org.osgi.service.http.whiteboard"),
            Map.entry("org.osgi.service.servlet", "org.osgi.service.servlet"),
            Map.entry("org.slf4j", "slf4j-api"),
            Map.entry("org.xmlpull", "xmlpull"));

    /** Copies of a few classes whose version their new home does not tell: in NOTICE alone. */
    private static final Map<String, String> COPIES = Map.of(
            "com.networknt.org.apache.commons.validator", "Apache Commons Validator",
            "org.yaml.snakeyaml.external.com.google.gdata", "Google GData");

    private final Map<String, JsonNode> stated = stated();

    @Test
    public void itsBillOfMaterialsNamesEachJarAndNothingThatIsNotThere() throws Exception {
        Set<String> shipped =
                jars().stream().map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
        Set<String> named = stated.values().stream()
                .map(component -> component.get("name").asText() + "-"
                        + component.get("version").asText() + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsAll(shipped);
        assertThat(Program.EXAMPLES).exists();
        assertThat(stated.keySet())
                .filteredOn(name -> shipped.stream().noneMatch(jar -> jar.startsWith(name + "-")))
                .filteredOn(name -> !Program.EXAMPLES.endsWith(name + ".jar"))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(INLINED.values()));
    }

    @Test
    public void itsBillOfMaterialsAndItsNoticeNameWhatIsInsideTheJars() throws Exception {
        String notice = Files.readString(Program.HOME.resolve("NOTICE"));
        Set<String> unknown = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (Path jar : jars()) {
            String group = groupOf(jar.getFileName().toString());
            for (String name : packages(jar)) {
                String copied = longest(name, COPIES.keySet());
                String inlined = longest(name, INLINED.keySet());
                if (copied != null) {
                    assertThat(notice).contains(COPIES.get(copied));
                } else if (inlined != null) {
                    found.add(INLINED.get(inlined));
                } else if (longest(name, Set.copyOf(OWN.getOrDefault(group, List.of()))) == null) {
                    unknown.add(name + " in " + jar.getFileName());
                }
            }
        }
        assertThat(unknown).as("of no component that is known").isEmpty();
        assertThat(found).isEqualTo(new TreeSet<>(INLINED.values()));
        assertThat(found).allSatisfy(component -> {
            assertThat(stated).containsKey(component);
            assertThat(notice).contains(component);
        });
    }

    @Test
    public void eachComponentHasItsVersionItsAddressAndItsLicence() {
        assertThat(stated.values()).allSatisfy(component -> {
            assertThat(component.path("version").asText()).isNotEmpty();
            assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
            assertThat(component.path("licenses")).as(component.toString()).isNotEmpty();
        });
    }

    @Test
    public void itShipsOneVersionOfEachBundle() {
        assertThat(Program.bundles().stream().map(Program.ListedBundle::name)).doesNotHaveDuplicates();
    }

    @Test
    public void itShipsItsPapers() {
        assertThat(Stream.of(
                        "LICENSE",
                        "NOTICE",
                        "README.md",
                        "CONTRIBUTING.md",
                        "CHANGELOG.md",
                        "SECURITY.md",
                        "repository",
                        "docs",
                        "etc-defaults/logback.xml"))
                .allSatisfy(paper -> assertThat(Program.HOME.resolve(paper)).exists());
    }

    private static Map<String, JsonNode> stated() {
        Map<String, JsonNode> components = new TreeMap<>();
        try {
            new ObjectMapper()
                    .readTree(Program.HOME.resolve("bom.json").toFile())
                    .get("components")
                    .forEach(component -> components.put(component.get("name").asText(), component));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return components;
    }

    private String groupOf(String jar) {
        return stated.values().stream()
                .filter(component -> jar.equals(component.get("name").asText() + "-"
                        + component.get("version").asText() + ".jar"))
                .map(component -> component.get("group").asText())
                .findFirst()
                .orElse("");
    }

    /** Null if none of them begins the package's name. */
    private static String longest(String name, Set<String> prefixes) {
        return prefixes.stream()
                .filter(prefix -> name.equals(prefix) || name.startsWith(prefix + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
    }

    private static Set<String> packages(Path jar) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                    .filter(name -> (name.endsWith(".class") || name.endsWith(".js")) && name.contains("/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Path> jars() throws Exception {
        try (Stream<Path> files =
                Stream.concat(Files.walk(Program.HOME.resolve("bundles")), Files.walk(Program.HOME.resolve("lib")))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}

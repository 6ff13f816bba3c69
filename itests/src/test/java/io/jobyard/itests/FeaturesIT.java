// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.Program.ListedBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The features have the bundles of the distribution's list, each handler in one of its own. */
public class FeaturesIT {

    private static final String HANDLER = "io.jobyard.handler.";
    /** For the program of its own only; the metrics' library asks for a package of the JDK that Karaf does not export, and Karaf's HTTP is an older one. */
    private static final Set<String> NOT_IN_KARAF = Set.of(
            "io.jobyard.deploy",
            "io.jobyard.log",
            "io.jobyard.metrics",
            "io.jobyard.http",
            "io.jobyard.mcp",
            "io.jobyard.rest",
            "io.jobyard.console");

    @Test
    public void eachHandlerHasAFeatureOfItsOwn() throws Exception {
        Map<String, List<String>> features = features();
        List<String> handlers = own(name -> name.startsWith(HANDLER) && !name.endsWith(".api"));

        assertThat(handlers).isNotEmpty();
        assertThat(features.keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("jobyard", "jobyard-handler-examples"),
                                handlers.stream().map(name -> "jobyard-handler-" + name.substring(HANDLER.length())))
                        .toList());
        handlers.forEach(name -> assertThat(features.get("jobyard-handler-" + name.substring(HANDLER.length())))
                .contains(name));
    }

    @Test
    public void theHostsFeatureHasAllElse() throws Exception {
        assertThat(features().get("jobyard"))
                .filteredOn(name -> name.startsWith("io.jobyard."))
                .containsExactlyInAnyOrderElementsOf(
                        own(name -> !name.startsWith(HANDLER) && !NOT_IN_KARAF.contains(name)));
    }

    private static List<String> own(Predicate<String> which) {
        return Program.bundles().stream()
                .map(ListedBundle::name)
                .filter(name -> name.startsWith("io.jobyard."))
                .filter(which)
                .toList();
    }

    /** By name, the artifacts of its bundles. */
    private static Map<String, List<String>> features() throws Exception {
        Path file =
                Path.of(System.getProperty("features", "../features/target")).resolve("feature/feature.xml");
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        return elements(root.getElementsByTagName("feature"))
                .filter(feature -> feature.hasAttribute("name"))
                .collect(toMap(
                        feature -> feature.getAttribute("name"),
                        feature -> elements(feature.getElementsByTagName("bundle"))
                                .map(bundle -> bundle.getTextContent().split("/")[1])
                                .toList()));
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }
}

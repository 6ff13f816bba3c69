// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page lists the properties that editors offer, and each has a description. */
class PropertiesPageTest {

    private static final Path PAGE = Path.of("../../docs/how-to/use-with-spring-boot.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(jobyard\\.[a-z.-]+)` \\|");

    @Test
    void thePageListsEachProperty() throws IOException {
        try (InputStream metadata =
                JobyardProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            Set<String> properties = new TreeSet<>();
            for (JsonNode property : new ObjectMapper().readTree(metadata).get("properties")) {
                assertThat(property.path("description").asText())
                        .as(property.path("name").asText())
                        .isNotEmpty();
                properties.add(property.path("name").asText());
            }
            assertThat(properties)
                    .contains("jobyard.url")
                    .isEqualTo(ROW.matcher(Files.readString(PAGE))
                            .results()
                            .map(row -> row.group(1))
                            .collect(Collectors.toSet()));
        }
    }
}

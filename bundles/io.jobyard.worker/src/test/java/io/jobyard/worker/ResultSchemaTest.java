// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultSchemaTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"required\":[\"words\"],\"properties\":{\"words\":{\"type\":\"integer\"}}}";

    @Test
    void tellsWhatIsWrongWithItsPlace() {
        assertThat(ResultSchema.problems("a.json", SCHEMA, "{\"words\":6}")).isEmpty();
        assertThat(ResultSchema.problems("a.json", SCHEMA, "{\"words\":\"six\"}"))
                .singleElement()
                .asString()
                .startsWith("/words ")
                .contains("integer");
        assertThat(ResultSchema.problems("a.json", SCHEMA, "{}"))
                .singleElement()
                .asString()
                .contains("words");
    }

    @Test
    void namesTheFileThatIsNoSchema() {
        assertThatThrownBy(() -> ResultSchema.problems("a.json", "{\"type\":7}", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema a.json is invalid at /type: ");
    }
}

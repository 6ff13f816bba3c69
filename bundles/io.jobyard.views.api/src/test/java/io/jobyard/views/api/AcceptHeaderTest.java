// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private static String chosen(String header) {
        return AcceptHeader.of(header).choose(List.of(JSON, EVENTS)).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                                                | application/json
            text/event-stream                                               | text/event-stream
            Text/Event-Stream                                               | text/event-stream
            application/json, text/event-stream, application/problem+json   | application/json
            text/event-stream, application/json                             | application/json
            text/event-stream;q=0, application/json                         | application/json
            text/event-stream; q=0.5, application/json;q=0.4                | text/event-stream
            text/event-stream;q=0.3, application/json;q=0.4                 | application/json
            text/event-stream;q=0                                           | none
            text/event-stream;q=0, */*                                      | application/json
            application/json;q=0, */*;q=0.1                                 | text/event-stream
            text/event-stream, */*                                          | text/event-stream
            text/event-stream, */*;q=0.1                                    | text/event-stream
            */*                                                             | application/json
            text/*                                                          | text/event-stream
            text/*;q=0.2, */*;q=0.1                                         | text/event-stream
            text/*, text/event-stream;q=0, */*;q=0.1                        | application/json
            text/html, image/gif, *; q=.2, */*; q=.2                        | application/json
            text/html, application/xhtml+xml, */*;q=0.8                     | application/json
            text/html                                                       | none
            */*;q=0                                                         | none
            application/json;charset="a,b";q=0.1, text/event-stream;q=0.2   | text/event-stream
            application/json;charset=utf-8                                  | application/json
            application/problem+json                                        | none
            text/event-stream;q=2, application/json;q=0.1                   | application/json
            text/event-stream;Q=0.000, application/json;q=0.001             | application/json
            """)
    void theRepresentationIsTheOneThatTheClientPrefers(String header, String expected) {
        assertThat(chosen(header)).isEqualTo(expected);
    }

    @Test
    void aMissingOrMeaninglessHeaderAcceptsEverything() {
        assertThat(chosen(null)).isEqualTo(JSON);
        assertThat(chosen("")).isEqualTo(JSON);
        assertThat(chosen(", ,")).isEqualTo(JSON);
        assertThat(chosen("nonsense")).isEqualTo(JSON);
    }

    @Test
    void aLongHeaderIsReadToItsEnd() {
        String quoted = "text/html;a=\"" + "\\b,".repeat(20_000) + "\", ";
        assertThat(chosen(quoted + "a/b;c=d,".repeat(20_000) + "text/event-stream"))
                .isEqualTo(EVENTS);
    }

    @Test
    void aTypeIsAcceptableAboveQualityZero() {
        assertThat(AcceptHeader.of("application/json, text/event-stream").accepts(EVENTS))
                .isTrue();
        assertThat(AcceptHeader.of("application/json, text/event-stream;q=0").accepts(EVENTS))
                .isFalse();
        assertThat(AcceptHeader.of("application/json").accepts(EVENTS)).isFalse();
    }
}

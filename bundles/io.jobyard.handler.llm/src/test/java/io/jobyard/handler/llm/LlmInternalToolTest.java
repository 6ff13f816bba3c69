// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmInternalToolTest {

    private final ToolRegistry registry = new ToolRegistry();
    private final LlmInternalTool handler = new LlmInternalTool(registry);

    @BeforeEach
    void bringATool() {
        registry.bindTool(new Greet(), Map.of("llm.tool", "greet", "service.id", 1L));
    }

    @Test
    void returnsWhatTheToolReturns() throws Exception {
        Map<String, Object> payload = Map.of("tool_name", "greet", "parameters", Map.of("name", "Ada"));

        assertThat(handler.handle(new FakeJobContext(payload))).isEqualTo(Map.of("greeting", "Hello Ada"));
    }

    @Test
    void refusesAPayloadWithoutAToolOrParameters() {
        assertRefused(Map.of("parameters", Map.of()), "tool_name is required for llm_internal_tool jobs");
        assertRefused(Map.of("tool_name", "greet"), "parameters is required for llm_internal_tool jobs");
    }

    @Test
    void refusesAPayloadOfTheWrongTypes() {
        assertRefused(
                Map.of("tool_name", 7, "parameters", Map.of()),
                "tool_name must be a string for llm_internal_tool jobs, but is 7");
        assertRefused(
                Map.of("tool_name", "greet", "parameters", List.of(1)),
                "parameters must be an object for llm_internal_tool jobs, but is [1]");
    }

    @Test
    void refusesAnUnknownTool() {
        assertRefused(
                Map.of("tool_name", "gret", "parameters", Map.of()), "unknown tool: gret; available tools: greet");
    }

    @Test
    void letsTheFailureOfAToolPass() {
        Map<String, Object> payload = Map.of("tool_name", "greet", "parameters", Map.of("name", "nobody"));

        assertThatThrownBy(() -> handler.handle(new FakeJobContext(payload)))
                .isInstanceOf(IOException.class)
                .hasMessage("nobody is away");
    }

    @Test
    void runsAToolWithItsOwnContextLoaderAndPutsTheOldOneBack() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            Map<String, Object> payload = Map.of("tool_name", "greet", "parameters", Map.of("name", "loader"));

            assertThat(handler.handle(new FakeJobContext(payload)))
                    .isEqualTo(Map.of("greeting", "Hello " + Greet.class.getClassLoader()));
            assertThat(thread.getContextClassLoader()).isNull();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void assertRefused(Map<String, Object> payload, String message) {
        assertThatExceptionOfType(PermanentException.class)
                .isThrownBy(() -> handler.handle(new FakeJobContext(payload)))
                .withMessage(message);
    }

    private static final class Greet implements LlmTool {
        @Override
        public String description() {
            return "Greets.";
        }

        @Override
        public Map<String, Object> call(ToolParameters parameters, JobContext context) throws IOException {
            String name = parameters.text("name");
            if (name.equals("nobody")) {
                throw new IOException("nobody is away");
            }
            Object whom = name.equals("loader") ? Thread.currentThread().getContextClassLoader() : name;
            return Map.of("greeting", "Hello " + whom);
        }
    }
}

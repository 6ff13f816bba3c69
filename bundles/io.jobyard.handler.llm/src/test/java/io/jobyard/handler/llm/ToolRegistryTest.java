// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolRegistryTest {

    private final ToolRegistry registry = new ToolRegistry();
    private long serviceId;

    @Test
    void givesTheToolOfTheName() {
        LlmTool a = bind("a", 0);
        LlmTool b = bind("b", 0);

        assertThat(registry.offer("a").tool()).isSameAs(a);
        assertThat(registry.offer("b").tool()).isSameAs(b);
    }

    @Test
    void givesTheHighestRankingThenTheOldestOfOneName() {
        bind("a", 0);
        LlmTool best = bind("a", 7);
        bind("a", 7);

        assertThat(registry.offer("a").tool()).isSameAs(best);
    }

    @Test
    void goesBackToTheOtherWhenTheBestLeaves() {
        LlmTool other = bind("a", 0);
        registry.unbindTool(bind("a", 7));

        assertThat(registry.offer("a").tool()).isSameAs(other);
    }

    @Test
    void failsAnUnknownToolForGoodAndListsThoseThereAre() {
        bind("b", 0);
        bind("a", 0);
        bind("a", 1);

        assertThatExceptionOfType(PermanentException.class)
                .isThrownBy(() -> registry.offer("c").tool())
                .withMessage("unknown tool: c; available tools: a, b");
    }

    @Test
    void saysThatThereAreNoTools() {
        assertThatExceptionOfType(PermanentException.class)
                .isThrownBy(() -> registry.offer("c").tool())
                .withMessage("unknown tool: c; available tools: none");
    }

    @Test
    void asksForAnotherAttemptWhileAToolIsAway() {
        registry.unbindTool(bind("a", 0));

        assertThatExceptionOfType(RetryableException.class)
                .isThrownBy(() -> registry.offer("a").tool())
                .withMessage("tool a was removed with its bundle");
    }

    @Test
    void leavesOutAToolWithoutAGoodName() {
        for (Object name : new Object[] {null, "", "with space", 7}) {
            bind(name, 0);
        }

        assertThatExceptionOfType(PermanentException.class)
                .isThrownBy(() -> registry.offer("with space"))
                .withMessage("unknown tool: with space; available tools: none");
    }

    private LlmTool bind(Object name, int ranking) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("llm.tool", name);
        properties.put("service.ranking", ranking);
        properties.put("service.id", ++serviceId);
        LlmTool tool = new Nothing();
        registry.bindTool(tool, properties);
        return tool;
    }

    private static final class Nothing implements LlmTool {
        @Override
        public String description() {
            return "Does nothing.";
        }

        @Override
        public Map<String, Object> call(ToolParameters parameters, JobContext context) {
            return Map.of();
        }
    }
}

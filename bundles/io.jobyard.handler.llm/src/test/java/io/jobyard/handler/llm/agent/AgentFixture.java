// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.AnswerBudget;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Agents on a test host, with a tool that adds. */
final class AgentFixture implements AfterEachCallback {

    static final String ADD = "{\"a\": 1, \"b\": 2}";

    final ModelFixture models = new ModelFixture();
    final AddTool add = new AddTool();
    final ToolRegistry registry = new ToolRegistry();

    AgentFixture() {
        bring();
    }

    void bring() {
        registry.bindTool(add, Map.of("llm.tool", "add", "service.id", 1L));
    }

    void take() {
        registry.unbindTool(add);
    }

    TestHost host() {
        return TestHost.withAsync(LlmAgent.TYPE, handler(registry));
    }

    AsyncJobHandler handler(ToolRegistry tools) {
        LlmAgent handler =
                new LlmAgent(models.client, new AnswerBudget(models.endpoints, ModelFixture.TOKENIZER), tools);
        return context -> handler.handle(context.payload(AgentTask.class), ModelFixture.withSecret(context));
    }

    /** The turns of a conversation in their order, whoever asks for them how often; the last one again and again. */
    static ModelScript turns(Turn... turns) {
        return call -> turns[Math.min(turn(call), turns.length) - 1];
    }

    /** From 1. */
    static int turn(SeenCall call) {
        int turn = 1;
        for (JsonNode message : call.body().path("messages")) {
            turn += message.path("role").asText().equals("assistant") ? 1 : 0;
        }
        return turn;
    }

    ModelServer serve(ModelScript script, String... keysAndValues) {
        return models.endpoint("a", script, keysAndValues);
    }

    /** With the tool that adds. */
    static Map<String, Object> task(Object... membersAndValues) {
        Map<String, Object> payload = new HashMap<>(Map.of("model", "m", "task", "Add it up", "tools", List.of("add")));
        for (int n = 0; n < membersAndValues.length; n += 2) {
            payload.put((String) membersAndValues[n], membersAndValues[n + 1]);
        }
        return payload;
    }

    static Map<String, Object> called(String tool, int turn, boolean ok) {
        return Map.of("tool", tool, "turn", turn, "ok", ok);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        models.afterEach(context);
    }
}

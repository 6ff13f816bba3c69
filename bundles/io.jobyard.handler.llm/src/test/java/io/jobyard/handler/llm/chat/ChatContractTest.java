// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.HandlerContract;
import io.jobyard.testkit.host.HandlerExample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a host expects of every handler. A model may be asked again if the host dies before its answer is stored, so the outside is not compared. */
class ChatContractTest extends HandlerContract {

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    private boolean isServing;

    @Override
    protected List<HandlerExample> examples() {
        if (!isServing) {
            isServing = true;
            models.endpoint("a", call -> Turn.text(call.prompt().startsWith("Your answer") ? "{}" : "{\"a\": 1}"));
        }
        Map<String, Object> repaired = new HashMap<>(ModelFixture.payload("please"));
        repaired.put("responseSchema", Map.of("type", "object", "maxProperties", 0));
        return List.of(
                HandlerExample.ofAsync("chat_completion", models::withSecret, ModelFixture.payload("please")),
                HandlerExample.ofAsync("chat_completion", models::withSecret, repaired));
    }
}

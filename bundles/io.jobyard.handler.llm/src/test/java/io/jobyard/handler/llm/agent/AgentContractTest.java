// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.HandlerContract;
import io.jobyard.testkit.host.HandlerExample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a host expects of every handler. A model may be asked again if the host dies before its answer is stored, so the outside is not compared. */
class AgentContractTest extends HandlerContract {

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    private boolean isServing;

    @Override
    protected List<HandlerExample> examples() {
        if (!isServing) {
            isServing = true;
            agents.serve(AgentFixture.turns(Turn.tool("add", AgentFixture.ADD), Turn.text("3")));
        }
        return List.of(HandlerExample.ofAsync(
                        LlmAgent.TYPE,
                        () -> agents.handler(agents.registry),
                        AgentFixture.task("approve", List.of("add")))
                .waiting(job -> job.signal("approve-1.1", Map.of("approved", true))));
    }
}

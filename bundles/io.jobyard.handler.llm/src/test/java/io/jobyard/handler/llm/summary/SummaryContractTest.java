// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.modelserver.ModelScript;
import io.jobyard.testkit.host.HandlerContract;
import io.jobyard.testkit.host.HandlerExample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a host expects of every handler. A model may be asked again if the host dies before its answer is stored, so the outside is not compared. */
class SummaryContractTest extends HandlerContract {

    @RegisterExtension
    final SummaryFixture summaries = new SummaryFixture();

    private boolean isServing;

    @Override
    protected List<HandlerExample> examples() {
        if (!isServing) {
            isServing = true;
            summaries.models.endpoint("a", ModelScript.summary());
        }
        Map<String, Object> payload = SummaryFixture.texts("book", "It rains. For days.", "note", "It snows. Still.");
        return List.of(HandlerExample.ofAsync(
                SummarizeDocuments.TYPE, summaries::handler, SummaryFixture.with(payload, "parallelism", 1)));
    }
}

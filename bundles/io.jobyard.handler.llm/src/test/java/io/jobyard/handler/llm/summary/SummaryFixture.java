// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.handler.llm.folders.Folders;
import io.jobyard.testkit.host.TestHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Summaries on a test host. */
final class SummaryFixture implements AfterEachCallback {

    final ModelFixture models = new ModelFixture();
    Folders folders = new Folders(Map.of());

    TestHost host() {
        return TestHost.withAsync(SummarizeDocuments.TYPE, handler());
    }

    AsyncJobHandler handler() {
        SummarizeDocuments handler = new SummarizeDocuments(models.client, ModelFixture.TOKENIZER, folders);
        return context -> handler.handle(context.payload(SummaryRequest.class), ModelFixture.withSecret(context));
    }

    /** With chunks of 100 tokens. */
    static Map<String, Object> texts(Object... namesAndTexts) {
        List<Map<String, Object>> texts = new ArrayList<>();
        for (int n = 0; n < namesAndTexts.length; n += 2) {
            texts.add(Map.of("name", namesAndTexts[n], "text", namesAndTexts[n + 1]));
        }
        return Map.of("texts", texts, "model", "m", "chunkTokens", 100);
    }

    static Map<String, Object> with(Map<String, Object> payload, Object... membersAndValues) {
        Map<String, Object> more = new HashMap<>(payload);
        for (int n = 0; n < membersAndValues.length; n += 2) {
            more.put((String) membersAndValues[n], membersAndValues[n + 1]);
        }
        return more;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        models.afterEach(context);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.handler.llm.chat.ModelClient;
import io.jobyard.handler.llm.folders.FileList;
import io.jobyard.handler.llm.folders.Folder;
import io.jobyard.handler.llm.folders.Folders;
import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handler that summarizes texts, or the text files of a folder: first each chunk, and then the summaries. */
@Component
@HandlesJob(
        value = SummarizeDocuments.TYPE,
        timeout = 3_600,
        description = "Summarizes texts, or the text files of a folder, with a language model: first each chunk, then "
                + "the summaries.")
public final class SummarizeDocuments implements JobHandler {

    static final String TYPE = "summarize_documents";

    private final ModelClient client;
    private final Tokenizer tokenizer;
    private final Folders folders;

    @Activate
    public SummarizeDocuments(
            @Reference ModelClient client, @Reference Tokenizer tokenizer, @Reference Folders folders) {
        this.client = client;
        this.tokenizer = tokenizer;
        this.folders = folders;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        SummaryRequest request = context.payload(SummaryRequest.class);
        ModelClient.begin(context);
        if (request.folder() == null) {
            return new SummaryRun(context, client, tokenizer, request)
                    .summarize(Objects.requireNonNull(request.texts()), List.of());
        }
        Folder folder = folders.open(request.folder());
        FileList list = context.step("files", FileList.class, () -> folder.find(request.glob()));
        List<Document> documents = list.files().stream()
                .map(file -> new Document(file.name(), folder.read(file)))
                .toList();
        return new SummaryRun(context, client, tokenizer, request).summarize(documents, list.skipped());
    }
}

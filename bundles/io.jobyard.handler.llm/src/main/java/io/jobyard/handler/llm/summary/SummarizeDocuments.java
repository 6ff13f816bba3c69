// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.handler.llm.BlockingThreads;
import io.jobyard.handler.llm.chat.ModelClient;
import io.jobyard.handler.llm.folders.FileList;
import io.jobyard.handler.llm.folders.Folder;
import io.jobyard.handler.llm.folders.Folders;
import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Handler that summarizes texts, or the text files of a folder: first each chunk, and then the summaries. It holds no thread while it waits
 * for a model.
 */
@Component
@HandlesJob(
        value = SummarizeDocuments.TYPE,
        timeout = 3_600,
        description = "Summarizes texts, or the text files of a folder, with a language model: first each chunk, then "
                + "the summaries.")
public final class SummarizeDocuments implements TypedAsyncJobHandler<SummaryRequest, Map<String, Object>> {

    static final String TYPE = "summarize_documents";

    private final ModelClient client;
    private final Tokenizer tokenizer;
    private final Folders folders;
    private final BlockingThreads threads = new BlockingThreads(
            "jobyard-llm-text-", Math.max(2, Runtime.getRuntime().availableProcessors()));

    @Activate
    public SummarizeDocuments(
            @Reference ModelClient client, @Reference Tokenizer tokenizer, @Reference Folders folders) {
        this.client = client;
        this.tokenizer = tokenizer;
        this.folders = folders;
    }

    /** Ends the threads, after the handler was drained. */
    @Deactivate
    public void close() {
        threads.close();
    }

    @Override
    public CompletionStage<Map<String, Object>> handle(SummaryRequest request, JobContext context) {
        ModelClient.begin(context);
        SummaryRun run = new SummaryRun(context, client, tokenizer, request);
        if (request.folder() == null) {
            List<Document> texts = Objects.requireNonNull(request.texts());
            return threads.begin(context, () -> run.chunked(texts)).thenCompose(all -> run.summarize(all, List.of()));
        }
        Folder folder = folders.open(request.folder());
        return context.stepAsync(AsyncStep.of(
                        "files", FileList.class, () -> threads.begin(context, () -> folder.find(request.glob()))))
                .thenCompose(list -> threads.begin(context, () -> run.chunked(documents(folder, list)))
                        .thenCompose(all -> run.summarize(all, list.skipped())));
    }

    private static List<Document> documents(Folder folder, FileList list) {
        return list.files().stream()
                .map(file -> new Document(file.name(), folder.read(file)))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.chat.CallCost;
import io.jobyard.handler.llm.chat.ModelClient;
import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Run of the handler: summarizes each chunk, then each document, then everything. */
final class SummaryRun {

    /** Maximum number of chunks. A job can have 10,000 steps, and combining needs fewer calls than summarizing. */
    private static final int MOST_CHUNKS = 4_000;

    private final JobContext context;
    private final Tokenizer tokenizer;
    private final SummaryRequest request;
    private final SummaryCalls calls;
    private final Reduction reduction;

    SummaryRun(JobContext context, ModelClient client, Tokenizer tokenizer, SummaryRequest request) {
        this.context = context;
        this.tokenizer = tokenizer;
        this.request = request;
        calls = new SummaryCalls(context, client, request);
        reduction = new Reduction(calls, tokenizer, request.chunkTokens());
    }

    /** Returns the result. Each call of a model waits without a thread. */
    CompletionStage<Map<String, Object>> summarize(List<ChunkedDocument> all, List<String> skipped) {
        List<ChunkedDocument> full =
                all.stream().filter(document -> !document.chunks().isEmpty()).toList();
        return piles(full)
                .thenCompose(reduction::reduce)
                .thenCompose(summaries ->
                        total(full, summaries).thenApply(summary -> result(summary, all, summaries, skipped)));
    }

    /**
     * Splits the documents, which takes long if they are large.
     *
     * @throws InterruptedException if the run must end
     */
    List<ChunkedDocument> chunked(List<Document> documents) throws InterruptedException {
        List<ChunkedDocument> chunked = new ArrayList<>();
        int chunks = 0;
        for (Document document : documents) {
            ChunkedDocument next = ChunkedDocument.of(document, chunked.size() + 1, request.chunkTokens(), tokenizer);
            chunked.add(next);
            chunks += next.chunks().size();
            if (context.cancelled()) {
                throw new InterruptedException("the run must end");
            }
        }
        if (chunks == 0) {
            throw new PermanentException("missing text: all texts are empty");
        }
        if (chunks > MOST_CHUNKS) {
            throw new PermanentException(
                    "too many chunks: the texts have " + chunks + " chunks of " + request.chunkTokens()
                            + " tokens; the maximum is " + MOST_CHUNKS + ": raise chunkTokens, or submit several jobs");
        }
        return chunked;
    }

    /** Returns the summaries of each document's chunks. */
    private CompletionStage<List<PendingSummaries>> piles(List<ChunkedDocument> documents) {
        int chunks = documents.stream()
                .mapToInt(document -> document.chunks().size())
                .sum();
        List<SummaryCall> wanted = documents.stream()
                .flatMap(document -> document.calls(chunks == 1).stream())
                .toList();
        return calls.all(wanted).thenApply(answers -> {
            Iterator<String> summaries = answers.iterator();
            return documents.stream()
                    .map(document -> new PendingSummaries(
                            document.number() + "",
                            document.chunks().stream()
                                    .map(any -> summaries.next())
                                    .toList()))
                    .toList();
        });
    }

    private CompletionStage<String> total(List<ChunkedDocument> documents, List<String> summaries) {
        if (documents.size() == 1) {
            return CompletableFuture.completedFuture(summaries.get(0));
        }
        Iterator<String> summary = summaries.iterator();
        List<String> named = documents.stream()
                .map(document -> document.name() + ": " + summary.next())
                .toList();
        return reduction.reduce(List.of(new PendingSummaries("all", named))).thenApply(one -> one.get(0));
    }

    private Map<String, Object> result(
            String summary, List<ChunkedDocument> all, List<String> summaries, List<String> skipped) {
        Iterator<String> each = summaries.iterator();
        List<Summarized> documents = all.stream()
                .map(document -> document.summarized(document.chunks().isEmpty() ? "" : each.next()))
                .toList();
        CallCost spent = CallCost.of(calls.answers());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("summary", summary);
        result.put("documents", documents);
        if (!skipped.isEmpty()) {
            result.put("skipped", skipped);
        }
        result.put("calls", calls.answers().size());
        result.put("usage", spent.usage());
        if (spent.cost() != null) {
            result.put("cost", spent.cost());
        }
        return fitting(result, documents);
    }

    /** Omits summaries from a result that is too large, because the paid work must not be lost. */
    private Map<String, Object> fitting(Map<String, Object> result, List<Summarized> documents) {
        try {
            return context.result(result);
        } catch (PermanentException e) {
            context.log("the result would be too large with the summaries of all documents and omits them:"
                    + " see the values of the steps");
            result.put(
                    "documents",
                    documents.stream().map(Summarized::withoutSummary).toList());
            return context.result(result);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.handler.llm.tools.Chunk;
import io.jobyard.handler.llm.tools.Chunker;
import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Document in chunks, each of which fits one call of a model.
 *
 * @param number number among all documents, from 1
 * @param tokens number of tokens in its text
 * @param chunks chunks of its text; empty for an empty document
 */
record ChunkedDocument(String name, int number, int tokens, List<String> chunks) {

    static ChunkedDocument of(Document document, int number, int maxTokens, Tokenizer tokenizer)
            throws InterruptedException {
        List<String> chunks = document.text().isBlank()
                ? List.of()
                : new Chunker(tokenizer, document.text(), maxTokens, 0)
                        .chunks().stream()
                                .map(Chunk::text)
                                .filter(text -> !text.isBlank())
                                .toList();
        return new ChunkedDocument(document.name(), number, tokenizer.count(document.text()), chunks);
    }

    List<SummaryCall> calls(boolean isLast) {
        return IntStream.range(0, chunks.size())
                .mapToObj(n -> new SummaryCall("summarize " + number + "." + (n + 1), chunks.get(n), isLast))
                .toList();
    }

    Summarized summarized(String summary) {
        return new Summarized(name, tokens, chunks.size(), summary);
    }
}

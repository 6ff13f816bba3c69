// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.handler.llm.tools.Chunk;
import io.jobyard.handler.llm.tools.Chunker;
import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A document in pieces that a model reads at once.
 *
 * @param number among all, from 1
 * @param tokens of its text
 * @param chunks its text in pieces; empty if it says nothing
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

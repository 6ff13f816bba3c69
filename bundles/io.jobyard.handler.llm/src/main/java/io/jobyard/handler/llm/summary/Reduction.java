// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.handler.llm.tools.Tokenizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Combines several summaries into one, in several rounds if they do not fit one call of a model. */
final class Reduction {

    private final SummaryCalls calls;
    private final Tokenizer tokenizer;
    private final int maxTokens;

    Reduction(SummaryCalls calls, Tokenizer tokenizer, int maxTokens) {
        this.calls = calls;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
    }

    /** Returns one summary for each group. If there is only one group, its summary is the final one. */
    CompletionStage<List<String>> reduce(List<PendingSummaries> piles) {
        return reduce(piles, 1);
    }

    private CompletionStage<List<String>> reduce(List<PendingSummaries> left, int round) {
        return left.stream().allMatch(PendingSummaries::isOne)
                ? CompletableFuture.completedFuture(
                        left.stream().map(pile -> pile.parts().get(0)).toList())
                : round(left, round).thenCompose(next -> reduce(next, round + 1));
    }

    private CompletionStage<List<PendingSummaries>> round(List<PendingSummaries> piles, int round) {
        List<List<List<String>>> groups = piles.stream()
                .map(pile -> pile.groups(maxTokens, tokenizer::count))
                .toList();
        List<SummaryCall> wanted = new ArrayList<>();
        for (int n = 0; n < piles.size(); n++) {
            List<List<String>> ofPile = groups.get(n);
            boolean isLast = piles.size() == 1 && ofPile.size() == 1;
            for (int g = 0; g < ofPile.size(); g++) {
                if (ofPile.get(g).size() > 1) {
                    String step = "combine " + piles.get(n).name() + "." + round + "." + (g + 1);
                    wanted.add(new SummaryCall(step, PendingSummaries.text(ofPile.get(g)), isLast));
                }
            }
        }
        return calls.all(wanted).thenApply(summaries -> combined(piles, groups, summaries.iterator()));
    }

    private static List<PendingSummaries> combined(
            List<PendingSummaries> piles, List<List<List<String>>> groups, Iterator<String> summaries) {
        List<PendingSummaries> next = new ArrayList<>();
        for (int n = 0; n < piles.size(); n++) {
            List<String> parts = groups.get(n).stream()
                    .map(group -> group.size() > 1 ? summaries.next() : group.get(0))
                    .toList();
            next.add(new PendingSummaries(piles.get(n).name(), parts));
        }
        return next;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the server answers. Called by several threads at once; the same call best gets the same turn. */
@FunctionalInterface
public interface ModelScript {

    /**
     * The answer to a call.
     *
     * @param call as the server has read it
     * @return what it answers, and what goes wrong meanwhile
     */
    Turn turn(SeenCall call);

    /**
     * Repeats the prompt.
     *
     * @return a script without faults
     */
    static ModelScript echo() {
        return answering(prompt -> prompt);
    }

    /**
     * Gives the first sentence of each paragraph of the prompt.
     *
     * @return a script without faults
     */
    static ModelScript summary() {
        return answering(prompt -> prompt.lines()
                .reduce("", (text, line) -> text + (line.isBlank() ? "\f" : line.strip() + " "))
                .transform(text -> List.of(text.split("\f+")).stream()
                        .map(String::strip)
                        .filter(paragraph -> !paragraph.isEmpty())
                        .map(paragraph -> paragraph.split("(?<=[.!?])\\s", 2)[0])
                        .collect(Collectors.joining(" "))));
    }

    /**
     * Makes the answer of the prompt.
     *
     * @param answer of the prompt
     * @return a script without faults
     */
    static ModelScript answering(UnaryOperator<String> answer) {
        return call -> Turn.text(answer.apply(call.prompt()));
    }

    /**
     * Goes through turns in the order in which calls come, and stays at the last one.
     *
     * @param turns at least one
     * @return a script for callers that call one after the other
     */
    static ModelScript of(Turn... turns) {
        List<Turn> all = List.of(turns);
        AtomicInteger next = new AtomicInteger();
        return call -> all.get(Math.min(next.getAndIncrement(), all.size() - 1));
    }
}

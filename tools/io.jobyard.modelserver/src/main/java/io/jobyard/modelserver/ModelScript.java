// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Source of the server's answers. Several threads call it at once. It should return equal turns for equal calls. */
@FunctionalInterface
public interface ModelScript {

    /**
     * Returns the answer to a call.
     *
     * @param call the parsed call
     * @return the answer and its fault
     */
    Turn turn(SeenCall call);

    /**
     * Returns a script that repeats the prompt.
     *
     * @return a script without faults
     */
    static ModelScript echo() {
        return answering(prompt -> prompt);
    }

    /**
     * Returns a script that answers with the first sentence of each paragraph of the prompt.
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
     * Returns a script that computes the answer from the prompt.
     *
     * @param answer the function from prompt to answer
     * @return a script without faults
     */
    static ModelScript answering(UnaryOperator<String> answer) {
        return call -> Turn.text(answer.apply(call.prompt()));
    }

    /**
     * Returns a script that answers with the turns in order, and repeats the last one.
     *
     * @param turns at least one turn
     * @return a script for sequential calls
     */
    static ModelScript of(Turn... turns) {
        List<Turn> all = List.of(turns);
        AtomicInteger next = new AtomicInteger();
        return call -> all.get(Math.min(next.getAndIncrement(), all.size() - 1));
    }
}

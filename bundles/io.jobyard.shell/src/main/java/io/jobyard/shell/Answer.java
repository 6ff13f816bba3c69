// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.View;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Answer of a command.
 *
 * @param json prints the answer as one JSON document
 * @param text prints the answer for people
 * @param exit the exit code
 */
record Answer(Consumer<Screen> json, Consumer<Screen> text, int exit) {

    static <A> Answer of(View<A> view, A answer, BiConsumer<A, Screen> text) {
        return new Answer(screen -> screen.json(view.json(answer)), screen -> text.accept(answer, screen), 0);
    }

    static <A> Answer of(View<A> view, A answer, String line) {
        return of(view, answer, (same, screen) -> screen.line(line));
    }

    static Answer printed(int exit) {
        return new Answer(screen -> {}, screen -> {}, exit);
    }

    Answer failedIf(boolean failed) {
        return new Answer(json, text, failed ? 1 : 0);
    }

    /** Prints the answer and returns the exit code. */
    int print(boolean asJson, Screen screen) {
        (asJson ? json : text).accept(screen);
        return exit;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.StreamPiece;
import io.jobyard.spi.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** Prints the pieces of a stream one behind the other. */
final class StreamText {

    private final Screen screen;
    private @Nullable StreamPiece last;

    StreamText(Screen screen) {
        this.screen = screen;
    }

    /** To a pipe or a file as it is; on a terminal, stored text must not control it. */
    void print(StreamPiece piece) {
        if (last != null && last.run() != piece.run()) {
            endLine();
            screen.line("--- run " + piece.run() + " ---");
        }
        screen.out().print(screen.isEndless() ? piece.text() : VisibleText.lines(piece.text()));
        last = piece;
    }

    /** A terminal's next line is for what is typed next; a pipe or a file gets no line end that is not in the text. */
    void end() {
        if (!screen.isEndless()) {
            endLine();
        }
        screen.out().flush();
    }

    private void endLine() {
        if (last != null && !last.text().endsWith("\n")) {
            screen.out().print('\n');
        }
    }
}

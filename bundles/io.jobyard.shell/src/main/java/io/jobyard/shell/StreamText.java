// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.StreamPiece;
import io.jobyard.spi.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** Prints the pieces of a stream in sequence. */
final class StreamText {

    private final Screen screen;
    private @Nullable StreamPiece last;

    StreamText(Screen screen) {
        this.screen = screen;
    }

    /** Prints a piece unchanged to a pipe or a file. On a terminal, stored text must not control the terminal. */
    void print(StreamPiece piece) {
        if (last != null && last.run() != piece.run()) {
            endLine();
            screen.line("--- run " + piece.run() + " ---");
        }
        screen.out().print(screen.isEndless() ? piece.text() : VisibleText.lines(piece.text()));
        last = piece;
    }

    /** Ends the line on a terminal, for the next command. A pipe or a file gets only the line ends in the text. */
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

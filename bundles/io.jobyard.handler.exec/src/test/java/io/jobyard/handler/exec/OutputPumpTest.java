// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class OutputPumpTest {

    @Test
    void handsOnEachPieceBeforeTheNextIsThere() throws Exception {
        PipedOutputStream program = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(program);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CompletableFuture<ProgramOutput> read = CompletableFuture.supplyAsync(() -> read(in, heard));

        program.write("first".getBytes(StandardCharsets.UTF_8));
        program.flush();
        assertThat(heard.take()).isEqualTo("first");
        program.write("second".getBytes(StandardCharsets.UTF_8));
        program.close();

        assertThat(read.get()).isEqualTo(new ProgramOutput("firstsecond", null, "", false));
        assertThat(heard).containsExactly("second");
    }

    private static ProgramOutput read(PipedInputStream in, BlockingQueue<String> heard) {
        try {
            return OutputPump.read(in, 1_000, heard::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheBeginningAndTheEndOfWhatItDrops() throws Exception {
        String printed = "0123456789".repeat(10_000);
        List<String> heard = new ArrayList<>();

        ProgramOutput output =
                OutputPump.read(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), 15, heard::add);

        assertThat(output.text()).isEqualTo("012345678901234");
        assertThat(output.isCut()).isTrue();
        assertThat(output.tail(text -> text)).hasSize(500).endsWith("6789");
        assertThat(String.join("", heard)).isEqualTo("012345678901234");
    }

    @Test
    void asMuchAsIsKeptIsNotCut() throws Exception {
        assertThat(OutputPump.read(new ByteArrayInputStream(new byte[] {'a', 'b'}), 2, piece -> {}))
                .isEqualTo(new ProgramOutput("ab", null, "", false));
        assertThat(OutputPump.read(new ByteArrayInputStream(new byte[] {'a', 'b'}), 0, piece -> {}))
                .isEqualTo(new ProgramOutput("", null, "ab", true));
    }

    @Test
    void bytesThatAreNoTextAreBase64AndReplacedForThoseWhoFollow() throws Exception {
        List<String> heard = new ArrayList<>();
        byte[] printed = {'a', (byte) 0xff, 'b'};

        ProgramOutput output = OutputPump.read(new ByteArrayInputStream(printed), 9, heard::add);

        assertThat(output.type()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(output.value())).isEqualTo(printed);
        assertThat(output.tail(text -> text)).isEqualTo("a\ufffdb");
        assertThat(String.join("", heard)).isEqualTo("a\ufffdb");
    }

    @Test
    void aCharacterThatIsCutMakesNoBytesOfAText() throws Exception {
        byte[] printed = "aü€".getBytes(StandardCharsets.UTF_8);

        assertThat(OutputPump.read(new ByteArrayInputStream(printed), 5, piece -> {}))
                .returns("aü", ProgramOutput::value)
                .returns("text", ProgramOutput::type);
        assertThat(OutputPump.read(new ByteArrayInputStream(printed, 0, 5), 9, piece -> {})
                        .type())
                .as("the program itself printed half a character")
                .isEqualTo("base64");
    }

    @Test
    void longLinesAreToldInParts() {
        List<String> lines = new ArrayList<>();
        LineLog log = new LineLog(lines::add);

        log.accept("one\ntw");
        log.accept("o\r\n\n" + "x".repeat(1_500));
        log.end();

        assertThat(lines).containsExactly("one", "two", "x".repeat(1_000), "x".repeat(500));
    }
}

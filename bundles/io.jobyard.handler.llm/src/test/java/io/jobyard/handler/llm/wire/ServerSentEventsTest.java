// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples are those of the HTML standard. */
class ServerSentEventsTest {

    @Test
    void linesOfDataAreJoined() {
        assertThat(read("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly(message("YHOO\n+2\n10"));
    }

    @Test
    void commentsAndUnknownFieldsSayNothingAndOneSpaceIsTakenAway() {
        assertThat(read(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
                .containsExactly(message("first event"), message("second event"), message(" third event"));
    }

    @Test
    void anEventWithoutLinesOfDataIsNoneAndOneThatTheEndCutsOffIsNone() {
        assertThat(read("data\n\ndata\ndata\n\ndata:")).containsExactly(message(""), message("\n"));
        assertThat(read("event: ping\n\ndata: x\n\n")).containsExactly(message("x"));
        assertThat(read("data: cut\n")).isEmpty();
    }

    @Test
    void anEventHasTheLastNameGiven() {
        assertThat(read("event: a\nevent: b\ndata: 1\n\ndata: 2\n\n"))
                .containsExactly(new ServerSentEvent("b", "1"), message("2"));
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsTakenAwayAndNoOther() {
        assertThat(read("\uFEFFdata: a\n\n")).containsExactly(message("a"));
        assertThat(read("data: \uFEFFa\n\n\uFEFFdata: b\n\n")).containsExactly(message("\uFEFFa"));
    }

    @Test
    void wherePiecesAndLinesEndMakesNoDifference() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<ServerSentEvent> events = events(random);
            byte[] stream = write(events, random).getBytes(StandardCharsets.UTF_8);
            assertThat(readInPieces(stream, random)).as("seed " + seed).isEqualTo(events);
        }
    }

    @Test
    void anEventIsBounded() {
        ServerSentEvents oneLine = new ServerSentEvents(10);
        assertThat(oneLine.take(bytes("data: 1234\n\n"))).hasSize(1);
        assertThatThrownBy(() -> oneLine.take(bytes("data: 12345")))
                .hasMessage("the answer is larger than 10 bytes (max.answer.bytes)");
        ServerSentEvents manyLines = new ServerSentEvents(10);
        assertThatThrownBy(() -> manyLines.take(bytes("data: 123\n".repeat(4))))
                .isInstanceOf(AnswerTooLargeException.class);
    }

    private static List<ServerSentEvent> events(Random random) {
        List<ServerSentEvent> events = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            events.add(new ServerSentEvent(random.nextBoolean() ? "message" : "delta", text(random)));
        }
        return events;
    }

    /** With characters of one to four bytes, and lines of their own. */
    private static String text(Random random) {
        String[] characters = {"a", " ", ":", "ä", "€", "😀", "\n", "\uFEFF"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private static String write(List<ServerSentEvent> events, Random random) {
        String end = List.of("\n", "\r", "\r\n").get(random.nextInt(3));
        StringBuilder stream = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        for (ServerSentEvent event : events) {
            if (random.nextBoolean()) {
                stream.append(": a comment").append(end);
            }
            if (!event.name().equals("message")) {
                stream.append("event: ").append(event.name()).append(end);
            }
            for (String line : event.data().split("\n", -1)) {
                stream.append("data: ").append(line).append(end);
            }
            stream.append(end);
        }
        return stream.toString();
    }

    private static List<ServerSentEvent> readInPieces(byte[] stream, Random random) {
        ServerSentEvents reader = new ServerSentEvents(10_000);
        List<ServerSentEvent> read = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int next = Math.min(stream.length, at + 1 + random.nextInt(7));
            read.addAll(reader.take(ByteBuffer.wrap(Arrays.copyOfRange(stream, at, next))));
            at = next;
        }
        return read;
    }

    private static List<ServerSentEvent> read(String stream) {
        return new ServerSentEvents(10_000).take(bytes(stream));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ServerSentEvent message(String data) {
        return new ServerSentEvent("message", data);
    }
}

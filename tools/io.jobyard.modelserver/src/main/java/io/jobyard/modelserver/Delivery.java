// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends one answer, with its fault, and charges it once, before its caller can know that the answer has ended. */
final class Delivery {

    private static final String PAGE = "<html><body>A gateway's page</body></html>\n";

    private final AnswerForm form;
    private final AnswerForm.Told told;
    private final HttpExchange exchange;
    private final Bill bill;
    private final CountDownLatch closed;

    /** {@code closed} opens when the server ends. */
    Delivery(AnswerForm form, AnswerForm.Told told, HttpExchange exchange, Bill bill, CountDownLatch closed) {
        this.form = form;
        this.told = told;
        this.exchange = exchange;
        this.bill = bill;
        this.closed = closed;
    }

    /** Sends the answer. Throws an exception if the connection must be closed. */
    void send() throws IOException {
        Turn turn = told.turn();
        pause(turn.firstByte());
        turn.headers().forEach(exchange.getResponseHeaders()::set);
        if (turn.fault() instanceof Fault.Refusal refusal) {
            bill.refused();
            write(refusal.status(), form.error(refusal.status(), refusal.code(), refusal.message()));
            return;
        }
        try {
            if (turn.fault() instanceof Fault.Silence silence && silence.pieces() < 0) {
                silence();
            } else if (turn.fault() instanceof Fault.BadBody) {
                write(200, PAGE);
            } else if (told.call().isStream()) {
                stream(form.pieces(told));
            } else {
                whole(form.whole(told));
            }
        } finally {
            bill.close();
        }
    }

    private void whole(String body) throws IOException {
        Fault fault = told.turn().fault();
        String output = form.output(told.call(), told.turn());
        if (fault instanceof Fault.Cut || fault instanceof Fault.Silence || fault instanceof Fault.Broken) {
            begin("application/json", body.length()).write(utf8(body.substring(0, body.length() / 2)));
            exchange.getResponseBody().flush();
            end(fault);
        } else if (fault instanceof Fault.BadJson) {
            write(200, body.substring(0, body.length() / 2));
        } else {
            bill.sent(output);
            bill.complete();
            write(200, body);
        }
    }

    private void stream(List<AnswerForm.Piece> pieces) throws IOException {
        Fault fault = told.turn().fault();
        OutputStream out = begin("text/event-stream", 0);
        int sent = 0;
        for (AnswerForm.Piece piece : pieces) {
            if (sent == last(fault)) {
                end(fault);
            }
            if (!piece.adds().isEmpty()) {
                pause(sent == 0 ? Duration.ZERO : told.turn().betweenPieces());
                sent++;
            }
            String event = fault instanceof Fault.BadJson && sent > 0
                    ? piece.event().replaceFirst("}\\n\\n$", "\n\n")
                    : piece.event();
            out.write(utf8(event));
            out.flush();
            bill.sent(piece.adds());
        }
        bill.complete();
        out.close();
    }

    /** Returns the number of pieces before the fault; negative without such a fault. */
    private static int last(Fault fault) {
        return fault instanceof Fault.Cut cut
                ? cut.pieces()
                : fault instanceof Fault.Silence silence
                        ? silence.pieces()
                        : fault instanceof Fault.Broken broken ? broken.pieces() : -1;
    }

    private void end(Fault fault) throws IOException {
        if (fault instanceof Fault.Silence) {
            silence();
        } else if (fault instanceof Fault.Broken broken && told.call().isStream()) {
            bill.close();
            exchange.getResponseBody().write(utf8(form.broken(broken.code(), broken.message())));
            exchange.getResponseBody().flush();
        }
        throw new IOException("the script cuts the answer");
    }

    /**
     * Charges now and then sends nothing, because the server cannot notice during the silence that the caller leaves.
     */
    private void silence() throws IOException {
        bill.close();
        pause(Duration.ofDays(1));
        throw new IOException("the server ends");
    }

    private OutputStream begin(String type, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, length);
        return exchange.getResponseBody();
    }

    private void write(int status, String body) throws IOException {
        byte[] bytes = utf8(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void pause(Duration atMost) throws IOException {
        try {
            if (!atMost.isZero() && closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the server ends");
            }
        } catch (InterruptedException e) {
            throw new IOException("the server ends", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

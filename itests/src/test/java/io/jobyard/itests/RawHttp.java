// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes over the wire to a host, byte by byte. */
record RawHttp(int port) {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** All that comes back: the end of what is sent ends the connection. */
    String send(String bytes) throws IOException {
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            in.transferTo(back);
        } catch (SocketException e) {
            // refused before all was read: what came back counts
            return back.toString(StandardCharsets.UTF_8);
        }
        return back.toString(StandardCharsets.UTF_8);
    }

    String ask(String line, String... headers) throws IOException {
        return send(line + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n");
    }

    /** The status of each answer on the connection. */
    static List<Integer> statuses(String answer) {
        Matcher found = STATUS.matcher(answer);
        return found.results().map(each -> Integer.parseInt(each.group(1))).toList();
    }
}

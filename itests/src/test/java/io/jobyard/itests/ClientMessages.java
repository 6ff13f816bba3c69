// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says to a PostgreSQL, message by message (PostgreSQL's manual, "Message Formats"): just enough to see the commits of
 * transactions in which a host has changed something.
 */
final class ClientMessages {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;

    /** Every transaction that changes jobs writes a row of it. */
    private static final String CHANGE = "INSERT INTO feed";

    private static final String COMMIT = "COMMIT";

    private final Map<String, String> prepared = new HashMap<>();
    private boolean begun;
    private boolean changes;
    private boolean commits;

    /** The next one, whole; empty at the end. */
    Optional<byte[]> read(DataInputStream said) throws IOException {
        try {
            byte type = begun ? said.readByte() : 0;
            int length = said.readInt();
            ByteBuffer message = ByteBuffer.allocate(length + (begun ? 1 : 0));
            if (begun) {
                message.put(type);
            }
            message.putInt(length);
            said.readFully(message.array(), message.position(), length - Integer.BYTES);
            commits = false;
            if (begun) {
                follow((char) type, message);
            } else {
                int code = message.getInt();
                begun = code != SSL_REQUEST && code != GSS_REQUEST;
            }
            return Optional.of(message.array());
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private void follow(char type, ByteBuffer message) {
        switch (type) {
            case 'P' -> prepared.put(text(message), text(message)); // Parse: a name, a statement
            case 'B' -> { // Bind: a portal, the name of what was prepared
                text(message);
                executes(prepared.getOrDefault(text(message), ""));
            }
            case 'Q' -> executes(text(message));
            default -> {}
        }
    }

    private void executes(String statement) {
        commits = changes && statement.equals(COMMIT);
        changes =
                !statement.equals(COMMIT) && !statement.equals("ROLLBACK") && (changes || statement.startsWith(CHANGE));
    }

    private static String text(ByteBuffer message) {
        int from = message.position();
        while (message.get() != 0) {
            continue;
        }
        return new String(message.array(), from, message.position() - from - 1, StandardCharsets.UTF_8);
    }

    /** Whether the last one commits a transaction that has changed something. */
    boolean isCommitOfChanges() {
        return commits;
    }

    /** Whether a client that has said that waits for an answer to all that it has said. */
    static boolean awaitsAnswer(byte[] message) {
        return message[0] == 'S' || message[0] == 'Q';
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that a test starts in processes of their own, and perhaps again after a kill. None of those that the system gives to
 * whoever connects to somewhere: such a one may be taken before its server is there.
 */
public final class FreePort {

    private static final int FIRST = 10_240;
    /** From here on Linux gives them to those who connect. */
    private static final int END = 32_768;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** One that was not given before and where nobody listens. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // somebody listens there
        }
    }
}

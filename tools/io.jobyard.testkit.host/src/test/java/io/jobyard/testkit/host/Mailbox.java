// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sends a mail once for each key. */
final class Mailbox {

    private final Map<String, String> mails = new ConcurrentHashMap<>();

    void send(String key, String mail) {
        mails.put(key, mail);
    }

    Collection<String> sent() {
        return List.copyOf(mails.values());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.StoreException;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the hosts of one database tell each other beside their offers: a text for each topic, read by whoever asks. A host that nobody else can
 * share the database with tells nothing and reads nothing.
 */
@ProviderType
public interface HostNotices {

    /** How far runs are: {@link RunNotice}. */
    String RUNS = "runs";

    /**
     * Tells all other hosts something, in place of what was told of that topic before; in about a second, and without waiting for it.
     *
     * @param topic what it is about, at most 100 characters
     * @param text what there is to tell
     */
    void post(String topic, String text);

    /**
     * What all living hosts have told of a topic, this one among them.
     *
     * @param topic what it is about
     * @return the texts, by the incarnation of the host
     * @throws StoreException if the database does not answer
     */
    Map<UUID, String> read(String topic);
}

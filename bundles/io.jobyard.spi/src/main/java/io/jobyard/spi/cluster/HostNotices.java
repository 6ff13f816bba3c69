// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.StoreException;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Notices between the hosts of one database, in addition to their offers. Each host publishes one text per topic, which all hosts may read.
 * A host that does not share its database writes and reads nothing.
 */
@ProviderType
public interface HostNotices {

    /** Topic of the progress of runs: {@link RunNotice}. */
    String RUNS = "runs";

    /**
     * Publishes a text to all other hosts after about a second, without waiting. Replaces the earlier text of the topic.
     *
     * @param topic topic, at most 100 characters
     */
    void post(String topic, String text);

    /**
     * Returns the texts of all living hosts, including this one, about a topic.
     *
     * @return the texts, by the incarnation of the host
     * @throws StoreException if the database does not answer
     */
    Map<UUID, String> read(String topic);
}

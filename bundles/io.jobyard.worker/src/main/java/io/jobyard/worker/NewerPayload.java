// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * Keeps payloads from older code. By semantic versioning a higher major or minor version may have more in its payloads than older code
 * knows; a higher micro version or qualifier has not.
 */
final class NewerPayload {

    private static final String WAITS = "waits for a newer handler";

    private final Function<Job, Stream<Version>> offered;

    /** With the versions that hosts offer for a job which begins now. */
    NewerPayload(Function<Job, Stream<Version>> offered) {
        this.offered = offered;
    }

    /** Whether a handler of that version may know less than is in the payload. */
    static boolean isOlder(Version handler, Version madeFor) {
        return handler.getMajor() != madeFor.getMajor()
                ? handler.getMajor() < madeFor.getMajor()
                : handler.getMinor() < madeFor.getMinor();
    }

    /**
     * Does nothing unless the handler is older.
     *
     * @throws OtherVersionException if a host offers one that is not, as while several hosts are updated one after the other
     * @throws PermanentException if no host does
     */
    void require(Job job, Handler handler, Version madeFor, WaitTime waits) {
        if (!isOlder(handler.version, madeFor)) {
            return;
        }
        String payload = "the payload was made for " + handler.type + " " + madeFor;
        String least = madeFor.getMajor() + "." + madeFor.getMinor();
        if (offered.apply(job).anyMatch(version -> !isOlder(version, madeFor))) {
            String why = WAITS + ": " + payload + ", and this host gave it to " + handler.version;
            throw new OtherVersionException(why, waits.next(WAITS));
        }
        throw new PermanentException(payload + ", and " + handler.version + " is older: deploy " + least
                + " or later again (versions and canary of io.jobyard.types-" + handler.type
                + " must let the job have it) and retry the job, or submit its payload again, for " + handler.version);
    }

    /** How long a run waits whose reason begins so: the more of the job's runs did, the longer. */
    interface WaitTime {
        Duration next(String reason);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * Keeps payloads from older code. By semantic versioning, payloads of a higher major or minor version may have more parts than older code
 * knows; those of a higher micro version or qualifier do not.
 */
final class NewerPayload {

    private static final String WAITS = "waits for a newer handler";

    private final Function<Job, Stream<Version>> offered;

    /** @param offered versions that hosts offer for a new job */
    NewerPayload(Function<Job, Stream<Version>> offered) {
        this.offered = offered;
    }

    /** Whether a handler of this version may not know all parts of the payload. */
    static boolean isOlder(Version handler, Version madeFor) {
        return handler.getMajor() != madeFor.getMajor()
                ? handler.getMajor() < madeFor.getMajor()
                : handler.getMinor() < madeFor.getMinor();
    }

    /**
     * Does nothing unless the handler is older.
     *
     * @throws OtherVersionException if a host offers a newer one, for example while hosts are updated one after the other
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
                + " must allow it for the job) and retry the job, or submit its payload again for " + handler.version);
    }

    /** Delay of a run for a reason: it grows with the number of the job's runs that had the reason. */
    interface WaitTime {
        Duration next(String reason);
    }
}

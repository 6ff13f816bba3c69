// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.NotFoundException;
import io.jobyard.spi.text.Spelling;
import java.util.Collection;

/** Error for a schedule that does not exist. */
public final class UnknownSchedule {

    private UnknownSchedule() {}

    /**
     * Creates the error, with a hint if a name is similar.
     *
     * @param name name that the caller used
     * @param names names of all schedules
     */
    public static NotFoundException of(String name, Collection<String> names) {
        return new NotFoundException(
                "unknown schedule " + name + Spelling.hint(name, names) + "; list the schedules to see their names");
    }
}

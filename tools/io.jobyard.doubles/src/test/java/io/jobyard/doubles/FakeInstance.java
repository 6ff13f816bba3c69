// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.settings.api.Instance;
import java.nio.file.Path;
import java.time.Clock;

/** An instance in a directory of the test's. */
public record FakeInstance(Path directory, boolean isNamed) implements Instance {

    /** One that has been named, as every host's is. */
    public FakeInstance(Path directory) {
        this(directory, true);
    }

    @Override
    public String host() {
        return "here";
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}

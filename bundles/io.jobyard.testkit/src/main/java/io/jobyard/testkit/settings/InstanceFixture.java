// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.settings;

import io.jobyard.settings.api.Instance;
import java.nio.file.Path;
import java.time.Clock;

/**
 * An instance for tests of those who keep files in it.
 *
 * @param directory absolute
 */
public record InstanceFixture(Path directory) implements Instance {

    @Override
    public boolean isNamed() {
        return true;
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

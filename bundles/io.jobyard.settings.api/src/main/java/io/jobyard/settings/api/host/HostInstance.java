// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.host;

import io.jobyard.settings.api.Instance;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Instance from the framework property and the machine. */
@Component
public final class HostInstance implements Instance {

    private final Path directory;
    private final boolean named;
    private final Clock clock;

    @Activate
    public HostInstance(BundleContext context, @Reference Clock clock) {
        this(context.getProperty(PROPERTY), clock);
    }

    HostInstance(@Nullable String directory, Clock clock) {
        this.directory = Path.of(Objects.requireNonNullElse(directory, "")).toAbsolutePath();
        this.named = directory != null;
        this.clock = clock;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public boolean isNamed() {
        return named;
    }

    @Override
    public String host() {
        return machine() + ":" + ProcessHandle.current().pid();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Returns a clock with another zone, which keeps the current time source. */
    @Override
    public void goBy(Instant now, long nanos) {
        if (clock instanceof HostClock own) {
            own.goBy(now, nanos);
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }
}

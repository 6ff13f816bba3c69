// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops the messages of Declarative Services and of the framework about a component that fails while the bundle {@code
 * io.jobyard.deploy} starts it: two pages of stack traces. That bundle logs the failure in one line, with the file, and
 * the trace at DEBUG.
 */
public final class DeployFailureFilter extends TurboFilter {

    private static final String THREAD = "jobyard-deploy-";
    private static final String OURS = "io.jobyard.";
    /** The start of a log line of Declarative Services. */
    private static final Pattern COMPONENTS =
            Pattern.compile("bundle ([^:]+):\\S+ \\(\\d+\\)\\[[^]]*] : (.*)", Pattern.DOTALL);

    private static final Pattern NO_HANDLER = Pattern.compile(
            "(Could not get service from ref|.*Service not available from service registry).*", Pattern.DOTALL);
    /**
     * The logger of the framework's own event, which comes on another thread, after Declarative Services have logged
     * the cause.
     */
    private static final String EVENTS = "Events.Framework";

    private static final Pattern NO_SERVICE = Pattern.compile(
            "Service factory (returned null\\. \\(Component: |exception: Could not load implementation object class).*",
            Pattern.DOTALL);

    public DeployFailureFilter() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        boolean isTold = logger.getName().equals(EVENTS)
                ? isNoService(thrown)
                        || parameters != null && Stream.of(parameters).anyMatch(DeployFailureFilter::isNoService)
                : format != null && Thread.currentThread().getName().startsWith(THREAD) && isOfAComponent(format);
        return isTold ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isNoService(@Nullable Object thrown) {
        return thrown instanceof Throwable failure
                && NO_SERVICE.matcher(String.valueOf(failure.getMessage())).matches();
    }

    private static boolean isOfAComponent(String text) {
        Matcher matcher = COMPONENTS.matcher(text);
        return matcher.matches()
                && (!matcher.group(1).startsWith(OURS)
                        || NO_HANDLER.matcher(matcher.group(2)).matches());
    }
}

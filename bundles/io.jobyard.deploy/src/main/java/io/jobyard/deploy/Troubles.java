// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.File;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one line of each thing that File Install complains of; its own way is a page of stack trace. */
@Component(service = {})
public final class Troubles implements LogListener {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final String FILE_INSTALL = "org.apache.felix.fileinstall";

    private final LogReaderService log;
    private final String instance;

    @Activate
    public Troubles(BundleContext context, @Reference LogReaderService log) {
        this.log = log;
        this.instance =
                new File(context.getProperty("jobyard.instance")).toURI().toString();
        log.addLogListener(this);
    }

    @Deactivate
    public void stop() {
        log.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        if (FILE_INSTALL.equals(entry.getBundle().getSymbolicName()) && LogLevel.WARN.implies(entry.getLogLevel())) {
            LOG.warn("{}{}", entry.getMessage().replace(instance, ""), reason(entry.getException()));
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        int repetition = message.indexOf(" Unresolved requirements:");
        String why = repetition < 0 ? message : message.substring(0, repetition);
        return ": " + (cause == failure ? why : cause.getClass().getSimpleName() + ": " + why);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.derby.iapi.jdbc.AutoloadedDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Derby engine of this process: configured before it starts, and shut down at the end. */
final class DerbyEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyEngine.class);
    private static final String PROVIDER = "derby.authentication.provider";

    /** Size of log buffers. Fewer and larger writes to the log allow about a third more changes per second, with the same durability. */
    private static final Map<String, String> SETTINGS = Map.of(
            "derby.storage.logBufferSize", "524288",
            "derby.storage.checkpointInterval", "67108864",
            "derby.storage.logSwitchInterval", "67108864",
            "derby.locks.waitTimeout", "10",
            "derby.locks.deadlockTimeout", "1",
            "derby.storage.indexStats.auto", "true");

    private static final List<String> LOG_TARGETS = List.of(
            "derby.stream.error.style",
            "derby.stream.error.file",
            "derby.stream.error.method",
            "derby.stream.error.field");

    private final Driver driver;
    private final TerseMessages messages = new TerseMessages();

    /** Configures Derby and loads it. Properties of the command line take precedence. */
    DerbyEngine(Path logs) {
        refuseLdap();
        SETTINGS.forEach(DerbyEngine::byDefault);
        boundLog(inFolder(logs));
        driver = new AutoloadedDriver();
        driver.getMajorVersion(); // loads the engine, which sets its own messages
        messages.use();
    }

    /** Configures Derby's log, unless the command line does: two files of 5 MB. Derby logs each error with its stack trace. */
    private static void boundLog(Path logs) {
        if (LOG_TARGETS.stream().allMatch(key -> System.getProperty(key) == null)) {
            System.setProperty("derby.stream.error.style", "rollingFile");
            byDefault("derby.stream.error.rollingFile.pattern", logs.toString().replace("%", "%%") + "/derby-%g.log");
            byDefault("derby.stream.error.rollingFile.limit", "5242880");
            byDefault("derby.stream.error.rollingFile.count", "2");
        }
    }

    /** Disables LDAP authentication, because user names reach the LDAP server unescaped (CVE-2022-46337). Jobyard does not need it. */
    private static void refuseLdap() {
        if ("LDAP".equalsIgnoreCase(System.getProperty(PROVIDER, "").strip())) {
            throw new IllegalStateException("invalid " + PROVIDER + " = LDAP: this Derby does not check the names it"
                    + " sends to the server (CVE-2022-46337); remove the property");
        }
    }

    private static void byDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static Path inFolder(Path logs) {
        try {
            return Files.createDirectories(logs).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory for logs, " + logs, e);
        }
    }

    Driver driver() {
        return driver;
    }

    TerseMessages messages() {
        return messages;
    }

    /** Shuts all databases and the engine down. The engine can be started again. */
    void shutdown() {
        try {
            driver.connect("jdbc:derby:;shutdown=true;deregister=false", new Properties());
        } catch (SQLException e) {
            if (!"XJ015".equals(e.getSQLState())) { // Derby reports a successful shutdown by this exception
                LOG.warn("Derby did not shut down cleanly; it recovers at the next start", e);
            }
        }
    }
}

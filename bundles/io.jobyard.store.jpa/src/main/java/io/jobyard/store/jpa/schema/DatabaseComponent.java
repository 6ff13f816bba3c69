// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.sql.OpeningReport;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.jpa.sql.StoreSettingsComponent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Flow;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** Opens the database and offers its connections as a service, which the persistence unit also uses. */
@Component(service = {})
public final class DatabaseComponent {

    /** Name of the persistence unit's data source. */
    public static final String NAME = "jobyard";

    private final HikariDataSource pool;
    private final ServiceRegistration<DataSource> registration;

    @Activate
    public DatabaseComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference StoreSettingsComponent settings,
            @Reference ChosenDatabase database,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = OpeningReport.LISTENER)
                    Flow.@Nullable Subscriber<String> listener)
            throws SQLException {
        Path data = instance.data();
        StoreDialect dialect = database.dialect();
        StoreSettings inForce = settings.inForce();
        OpeningReport opening = new OpeningReport(listener, dialect, dialect.isOwn(inForce.url()) ? data : null);
        boolean anew = Boolean.parseBoolean(context.getProperty("jobyard.store.new"));
        try {
            pool = Pool.open(inForce, dialect, dialect.sources(), data, anew, opening::doing);
        } catch (SQLException | RuntimeException e) {
            opening.failed(e);
            throw e;
        }
        registration = context.registerService(
                DataSource.class, pool, new Hashtable<>(Map.of("osgi.jndi.service.name", NAME)));
    }

    /** Withdraws the service first, so that users of the connections stop. */
    @Deactivate
    public void stop() {
        registration.unregister();
        pool.close();
    }
}

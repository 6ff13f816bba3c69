// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;

/** A store on an embedded Derby of its own, opened as the components do it. */
final class DerbyStore implements StoreUnderTest {

    private final Path folder;
    private final UnaryOperator<DataSource> around;
    private EmbeddedDerby derby;
    private HikariDataSource pool;
    private EntityManagerFactory units;
    private Store store;

    DerbyStore(Path folder) throws SQLException {
        this(folder, UnaryOperator.identity());
    }

    /** Whose connections are changed on their way. */
    DerbyStore(Path folder, UnaryOperator<DataSource> around) throws SQLException {
        this.folder = folder;
        this.around = around;
        open();
    }

    private void open() throws SQLException {
        derby = new EmbeddedDerby(folder);
        StoreSettings settings = new StoreSettings("", "", "", 6, 30);
        pool = Pool.open(settings, derby.dialect(), derby.sources(), folder);
        units = Persistence.createEntityManagerFactory("jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
        store = new Store(
                around.apply(pool), units, derby.dialect(), Clock.systemUTC(), Duration.ofSeconds(30), List.of(folder));
    }

    HikariDataSource pool() {
        return pool;
    }

    StoreDialect dialect() {
        return derby.dialect();
    }

    StoreMaintenance maintenance() {
        return store.maintenance();
    }

    @Override
    public JobRepository repository() {
        return store.repository();
    }

    @Override
    public void listen(CommitListener listener) {
        store.listen(listener);
    }

    @Override
    public void restart() {
        close();
        try {
            open();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        units.close();
        pool.close();
        derby.close();
    }
}

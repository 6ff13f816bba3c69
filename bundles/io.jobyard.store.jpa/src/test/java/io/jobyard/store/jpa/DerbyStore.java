// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.nio.file.Path;
import java.sql.SQLException;

/** A store on an embedded Derby of its own. */
public final class DerbyStore extends OpenedStore {

    /** Made once, before any other is open: to make one takes as long as many tests. */
    private static final NewDatabase NEW = NewDatabase.make();

    private final Path folder;
    private final Wire wire;
    private final String url;
    private WiredSources sources;
    private EmbeddedDerby derby;

    public DerbyStore(Path folder) throws SQLException {
        this(folder, Wire.SOUND);
    }

    /** Whose calls go over a wire. */
    public DerbyStore(Path folder, Wire wire) throws SQLException {
        this(folder, wire, "");
    }

    /** In that database. */
    public DerbyStore(Path folder, Wire wire, String url) throws SQLException {
        this.folder = folder;
        this.wire = wire;
        this.url = url;
        open();
    }

    @Override
    void open() throws SQLException {
        if (url.isEmpty()) {
            NEW.copyTo(folder);
        }
        derby = new EmbeddedDerby(folder);
        StoreSettings settings = new StoreSettings(url, "", "", StoreSettings.POOL_SIZE, 30, true);
        sources = new WiredSources(derby.sources(), wire);
        open(Pool.open(settings, derby.dialect(), sources, folder, false, step -> {}), derby.dialect(), HERE, folder);
    }

    public DerbyStore withIndex() {
        keepIndex();
        return this;
    }

    /** Ends all connections there are, behind the pool's back. */
    void breakAll() throws SQLException {
        sources.breakAll();
    }

    public StoreDialect dialect() {
        return derby.dialect();
    }

    @Override
    public void close() {
        super.close();
        derby.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.store.api.DatabaseFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Files of the instance's own database. */
final class DerbyFiles implements DatabaseFiles {

    static final String FOLDER = "db";

    /** Derby writes it last. */
    static final String PROOF = "service.properties";

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public String idFile() {
        return "store.id";
    }

    @Override
    public String proof() {
        return PROOF;
    }

    @Override
    public void make(Path folder, String id) throws SQLException {
        DatabaseSession.make(folder, id);
    }

    @Override
    public String id(Path folder) throws SQLException {
        return DatabaseSession.id(folder);
    }

    @Override
    public boolean wasLeftOpen(Path folder) {
        return Files.exists(folder.resolve("db.lck"));
    }
}

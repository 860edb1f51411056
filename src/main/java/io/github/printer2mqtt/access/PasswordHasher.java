package io.github.printer2mqtt.access;

import io.github.printer2mqtt.access.AccessException.Code;
import io.github.printer2mqtt.model.access.PasswordHash;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords on two threads of its own, with a short queue: a hash takes some tenths of a second, on a small computer
 * longer. Thread-safe.
 */
final class PasswordHasher {
    private static final int THREADS = 2;
    private static final int MAX_PENDING = 16;
    private static final int HASH_BITS = 512;
    private static final int SALT_BYTES = 16;

    private final WorkerExecutor workers;
    private final int iterations;
    private final AtomicInteger pending = new AtomicInteger();

    /** Compared if there is no such user, so that the time of an answer does not tell. */
    private final PasswordHash decoy;

    /** @param iterations of new hashes */
    PasswordHasher(Vertx vertx, int iterations) {
        this.iterations = iterations;
        workers = vertx.createSharedWorkerExecutor("passwords", THREADS);
        decoy = new PasswordHash(
                iterations, encode(RandomText.bytes(SALT_BYTES)), encode(RandomText.bytes(HASH_BITS / 8)));
    }

    Future<PasswordHash> hash(Secret password) {
        String salt = encode(RandomText.bytes(SALT_BYTES));
        return queue(() -> new PasswordHash(iterations, salt, compute(password, salt, iterations)));
    }

    /** @param stored null if there is no such user: then the answer is false, and takes as long */
    Future<Boolean> matches(Secret password, @Nullable PasswordHash stored) {
        PasswordHash expected = stored == null ? decoy : stored;
        return queue(() -> {
            String found = compute(password, expected.salt(), expected.iterations());
            return MessageDigest.isEqual(decode(found), decode(expected.hash())) && stored != null;
        });
    }

    private <T> Future<T> queue(Callable<T> work) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            pending.decrementAndGet();
            return Future.failedFuture(AccessException.later(
                    Code.BUSY, "too many passwords are being checked; try again later", Duration.ofSeconds(5)));
        }
        return workers.executeBlocking(work, false).onComplete((result, failure) -> pending.decrementAndGet());
    }

    private static String compute(Secret password, String salt, int iterations) throws GeneralSecurityException {
        // Devices enter the same letter as one character or as two.
        char[] text =
                Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC).toCharArray();
        PBEKeySpec key = new PBEKeySpec(text, decode(salt), iterations, HASH_BITS);
        try {
            return encode(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(key)
                    .getEncoded());
        } finally {
            key.clearPassword();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}

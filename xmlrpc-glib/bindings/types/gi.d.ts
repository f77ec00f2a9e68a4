// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What XmlRpc.d.ts and small programs need of GJS, GLib, GIO, GObject and libsoup, for
// those who do not have the packages @girs/gjs and @girs/soup-3.0. Leave this file out
// where you have them: they declare the same, and everything else.
//
// Most of what is not named here is `any`, so that programs are not refused for it.

declare const ARGV: string[];
declare function print(...values: unknown[]): void;
declare function printerr(...values: unknown[]): void;
declare function log(value: unknown): void;
declare function logError(error: unknown, place?: string): void;
declare const imports: any;
declare const console: any;
declare function setTimeout(func: (...args: any[]) => void, milliseconds?: number, ...args: any[]): any;
declare function clearTimeout(timeout: any): void;
declare function setInterval(func: (...args: any[]) => void, milliseconds?: number, ...args: any[]): any;
declare function clearInterval(timeout: any): void;

declare class TextDecoder {
    constructor(encoding?: string);
    decode(bytes?: ArrayBufferView | ArrayBuffer): string;
}

declare class TextEncoder {
    encode(text?: string): Uint8Array;
}

declare module 'system' {
    const System: any;
    export default System;
}

declare module 'gi://GLib?version=2.0' {
    class KnownBytes {
        static readonly [name: string]: any;
        constructor(data: Uint8Array | number[] | null);
        static new(data: Uint8Array | number[] | null): KnownBytes;
        get_size(): number;
        toArray(): Uint8Array;
        [name: string]: any;
    }

    class KnownVariantType {
        static readonly [name: string]: any;
        constructor(type: string);
        static new(type: string): KnownVariantType;
        dup_string(): string;
    }

    class KnownVariant {
        static readonly [name: string]: any;
        constructor(type: string, value: any);
        static new(type: string, value: any): KnownVariant;
        unpack(): any;
        deepUnpack(): any;
        recursiveUnpack(): any;
        get_type_string(): string;
        print(typeAnnotate: boolean): string;
        n_children(): number;
        get_child_value(index: number): KnownVariant;
        lookup_value(key: string, type: KnownVariantType | null): KnownVariant | null;
        equal(other: KnownVariant): boolean;
    }

    class KnownTimeZone {
        static readonly [name: string]: any;
        static new_local(): KnownTimeZone;
        static new_utc(): KnownTimeZone;
        static new_offset(seconds: number): KnownTimeZone;
        static new_identifier(identifier: string | null): KnownTimeZone | null;
        get_identifier(): string;
        [name: string]: any;
    }

    class KnownDateTime {
        static readonly [name: string]: any;
        static new_now_local(): KnownDateTime;
        static new_now_utc(): KnownDateTime;
        static new_from_iso8601(text: string, zone: KnownTimeZone | null): KnownDateTime | null;
        format(format: string): string | null;
        format_iso8601(): string | null;
        to_unix(): number;
        to_local(): KnownDateTime;
        to_timezone(zone: KnownTimeZone): KnownDateTime;
        [name: string]: any;
    }

    class KnownError extends globalThis.Error {
        constructor(domain: any, code: number, message: string);
        domain: number;
        code: number;
        matches(domain: any, code: number): boolean;
    }

    class KnownMainLoop {
        static readonly [name: string]: any;
        constructor(context: any, isRunning: boolean);
        static new(context: any, isRunning: boolean): KnownMainLoop;
        run(): void;
        runAsync(): Promise<void>;
        quit(): void;
        is_running(): boolean;
        [name: string]: any;
    }

    namespace GLib {
        type Bytes = KnownBytes;
        type DateTime = KnownDateTime;
        type Error = KnownError;
        type MainLoop = KnownMainLoop;
        type TimeZone = KnownTimeZone;
        type Variant = KnownVariant;
        type VariantType = KnownVariantType;
    }

    const GLib: {
        Bytes: typeof KnownBytes;
        DateTime: typeof KnownDateTime;
        Error: typeof KnownError;
        MainLoop: typeof KnownMainLoop;
        TimeZone: typeof KnownTimeZone;
        Variant: typeof KnownVariant;
        VariantType: typeof KnownVariantType;
        PRIORITY_DEFAULT: number;
        SOURCE_CONTINUE: boolean;
        SOURCE_REMOVE: boolean;
        timeout_add(priority: number, milliseconds: number, func: () => boolean): number;
        idle_add(priority: number, func: () => boolean): number;
        [name: string]: any;
    };

    export default GLib;
}

declare module 'gi://GObject?version=2.0' {
    class KnownObject {
        constructor(properties?: object);
        connect(signal: string, func: (...args: any[]) => any): number;
        connect_after(signal: string, func: (...args: any[]) => any): number;
        // Newer GJS has it.
        connect_object?(signal: string, func: (...args: any[]) => any, object: KnownObject, flags?: number): number;
        disconnect(id: number): void;
        emit(signal: string, ...args: any[]): any;
        notify(name: string): void;
        get_property(name: string): any;
        set_property(name: string, value: any): void;
    }

    type AnyClass = (new (...args: any[]) => any) & {[name: string]: any};

    namespace GObject {
        type Object = KnownObject;
        type GType = any;
    }

    const GObject: {
        Object: typeof KnownObject;
        // The properties of the class are those of its first argument.
        registerClass(...args: any[]): AnyClass;
        [name: string]: any;
    };

    export default GObject;
}

declare module 'gi://Gio?version=2.0' {
    import GLib from 'gi://GLib?version=2.0';
    import GObject from 'gi://GObject?version=2.0';

    class KnownCancellable extends GObject.Object {
        static readonly [name: string]: any;
        static new(): KnownCancellable;
        cancel(): void;
        is_cancelled(): boolean;
        [name: string]: any;
    }

    class KnownListStore<Item = any> extends GObject.Object implements Iterable<Item> {
        constructor(properties?: object);
        append(item: Item): void;
        get_item(position: number): Item | null;
        get_n_items(): number;
        [Symbol.iterator](): Iterator<Item>;
    }

    class KnownTlsCertificate extends GObject.Object {
        static readonly [name: string]: any;
        static new_from_file(path: string): KnownTlsCertificate;
        static new_from_files(certificate: string, key: string): KnownTlsCertificate;
    }

    class KnownIOErrorEnum extends GLib.Error {
        static readonly CANCELLED: number;
        static readonly CONNECTION_REFUSED: number;
        static readonly TIMED_OUT: number;
        static readonly [name: string]: any;
    }

    namespace Gio {
        type AsyncResult = any;
        type Cancellable = KnownCancellable;
        type InetAddress = any;
        type IOErrorEnum = KnownIOErrorEnum;
        type ListStore<Item = any> = KnownListStore<Item>;
        type TlsCertificate = KnownTlsCertificate;
    }

    const Gio: {
        Cancellable: typeof KnownCancellable;
        IOErrorEnum: typeof KnownIOErrorEnum;
        ListStore: typeof KnownListStore;
        TlsCertificate: typeof KnownTlsCertificate;
        [name: string]: any;
    };

    export default Gio;
}

declare module 'gi://Soup?version=3.0' {
    import GObject from 'gi://GObject?version=2.0';

    class KnownSoupObject extends GObject.Object {
        static readonly [name: string]: any;
        [name: string]: any;
    }

    namespace Soup {
        type Message = KnownSoupObject;
        type Server = KnownSoupObject;
        type ServerMessage = KnownSoupObject;
        type Session = KnownSoupObject;
    }

    const Soup: {
        Message: any;
        Server: typeof KnownSoupObject;
        Session: typeof KnownSoupObject;
        [name: string]: any;
    };

    export default Soup;
}

declare module 'gi://GLib' {
    import GLib from 'gi://GLib?version=2.0';
    export default GLib;
}

declare module 'gi://GObject' {
    import GObject from 'gi://GObject?version=2.0';
    export default GObject;
}

declare module 'gi://Gio' {
    import Gio from 'gi://Gio?version=2.0';
    export default Gio;
}

/** Version and commit of this build; set by vite.config.ts. Tills of this server load the same one. */
declare const REGULARS_BUILD: string;
